using Farspan.Topology;

namespace Farspan.Render;

/// <summary>AWS's half of a region: transit gateway, VPC, filters, connectors, Amazon Connect, alarms.</summary>
internal sealed class AwsRegionModule(NetworkIndex index, Region region, Func<string, string?> readFile)
{
    private readonly TerraformModule _module = new($"terraform/modules/{region.Name}-aws");

    public TerraformModule Render()
    {
        _module.Require(TerraformVersions.Aws);
        new LogFiles(index, region, _module).Render();
        new TransitGatewayFiles(index, region, _module).Render();
        new VpcFiles(index, region, _module).Render();
        new FilterFiles(index, region, _module).Render();
        new ConnectFiles(index, region, _module, readFile).Render();
        new ConnectorFiles(index, region, _module).Render();
        new RegionAlarmFiles(index, region, _module).Render();
        return _module;
    }
}
