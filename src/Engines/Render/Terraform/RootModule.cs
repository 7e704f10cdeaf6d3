using Farspan.Topology;

namespace Farspan.Render;

/// <summary>The root: providers, one call for each module, and what spans regions.</summary>
internal sealed class RootModule(NetworkIndex index, IReadOnlyList<RegionModules> regions)
{
    public const string Path = "terraform";
    private readonly TerraformModule _module = new(Path);

    public TerraformModule Render()
    {
        _module.Require(TerraformVersions.Aws, TerraformVersions.Google);
        State();
        Providers();
        Module("google_network", "google-network", "One network of Google Cloud for all regions.", []);
        foreach (var modules in regions)
        {
            Region(modules);
        }

        Outputs();
        new TransitFiles(index, _module).Render();
        new DnsFiles(index, _module).Render();
        new GoogleAlertFiles(index, _module).Render();
        new ProbeFiles(index, _module).Render();
        new CrossRegionAlarmFiles(index, _module).Render();
        return _module;
    }

    private void State()
    {
        var management = index.Network.Management;
        if (management.StateBucket.Length > 0 && !management.StateRegions.IsEmpty)
        {
            _module.File("backend.tf")
                .Comment(management.StateRegions.Length > 1
                    ? $"Replicated to {string.Join(", ", management.StateRegions.Skip(1))}: the loss of one region "
                        + "must not take the state along."
                    : "")
                .Block("terraform", terraform => terraform.Block("backend", "s3", backend => backend
                    .Set("bucket", management.StateBucket)
                    .Set("key", $"{index.Network.Name}/network.tfstate")
                    .Set("region", management.StateRegions[0])
                    .Set("encrypt", true)
                    .Set("use_lockfile", management.HasStateLock)));
        }
    }

    private void Providers()
    {
        var tags = Hcl.Map(index.Network.Policies.Tags.Select(t => (t.Key, (HclValue)t.Value)));
        var labels = Hcl.Map(index.Network.Policies.Tags.Select(t => (Label(t.Key), (HclValue)Label(t.Value))));
        var file = _module.File("providers.tf");
        file.Block("provider", "google", provider => provider
            .Set("project", index.Network.GoogleNetwork.Project)
            .Set("default_labels", labels));
        foreach (var region in index.Network.Regions)
        {
            file.Block("provider", "google", provider => provider
                    .Set("alias", Names.Provider(region.GoogleRegion))
                    .Set("project", index.Network.GoogleNetwork.Project)
                    .Set("region", region.GoogleRegion)
                    .Set("default_labels", labels))
                .Block("provider", "aws", provider => provider
                    .Set("alias", Names.Provider(region.AwsRegion))
                    .Set("region", region.AwsRegion)
                    .Set("allowed_account_ids", index.Network.AwsAccount.Length > 0
                        ? Hcl.List(index.Network.AwsAccount) : null)
                    .Block("default_tags", defaults => defaults.Set("tags", tags)));
        }
    }

    private void Region(RegionModules modules)
    {
        var region = modules.Region;
        var aws = ("aws", Hcl.Reference($"aws.{Names.Provider(region.AwsRegion)}"));
        var google = ("google", Hcl.Reference($"google.{Names.Provider(region.GoogleRegion)}"));
        Module(
            Names.GoogleModule(region), $"{region.Name}-google", $"{region.Id}: where carriers enter.",
            Inputs(modules.Google, region), google);
        Module(
            Names.LinksModule(region), $"{region.Name}-links",
            $"{region.Id}: from {region.GoogleRegion} to {region.AwsRegion} by {Describe(region.Transport)}.",
            Inputs(modules.Links, region), aws, google);
        Module(
            Names.AwsModule(region), $"{region.Name}-aws", $"{region.Id}: where Amazon Connect is.",
            Inputs(modules.Aws, region), aws);
    }

    private void Outputs()
    {
        foreach (var gateway in index.Network.DirectConnectGateways.Where(g => g.Region.Length > 0))
        {
            var region = Hcl.Identifier(gateway.Region);
            _module.Output(
                $"{region}_dx_gateway_id", Hcl.Reference($"module.{region}_links.dx_gateway_{Names.Local(gateway)}_id"),
                "The Direct Connect gateway, for STEPS.md.");
        }

        foreach (var address in index.Network.Addresses.Where(a => a.Region.Length > 0))
        {
            var region = Hcl.Identifier(address.Region);
            _module.Output(
                $"{region}_address", Hcl.Reference($"module.{region}_google.address_{Names.Local(address)}"),
                "Where carriers send calls.");
        }

        foreach (var instance in index.Network.ConnectInstances.Where(i => i.Region.Length > 0))
        {
            var region = Hcl.Identifier(instance.Region);
            _module.Output(
                $"{region}_connect_instance_id",
                Hcl.Reference($"module.{region}_aws.{NodeConfiguration.InstanceVariable(instance.Id)}"),
                "The Connect instance.");
        }
    }

    private void Module(
        string name, string folder, string comment, List<(string, HclValue)> inputs,
        params IEnumerable<(string, HclValue)> providers) => _module.File("main.tf")
        .Comment(comment)
        .Block("module", name, module => module
            .Set("source", $"./modules/{folder}")
            .Set("providers", providers.Any() ? Hcl.Map(providers) : null)
            .Each(inputs, (body, input) => body.Set(input.Item1, input.Item2)));

    private List<(string, HclValue)> Inputs(TerraformModule module, Region region) =>
        [.. module.Variables.Select(v => (v.Name, Input(v, region)))];

    /// <summary>What a variable of a module gets: what another module makes, or a variable of the root.</summary>
    private HclValue Input(TerraformVariable variable, Region region)
    {
        var name = variable.Name;
        return name switch
        {
            "network_id" => Hcl.Reference("module.google_network.network_id"),
            "router_name" => Hcl.Reference($"module.{Names.GoogleModule(region)}.router_main_name"),
            "transit_gateway_id" or "alarm_topic_arn" => Hcl.Reference($"module.{Names.AwsModule(region)}.{name}"),
            "activation_key" => _module.Variable(variable with { Name = $"{Hcl.Identifier(region.Name)}_{name}" }),
            _ when name.StartsWith("table_", StringComparison.Ordinal) =>
                Hcl.Reference($"module.{Names.AwsModule(region)}.{name}"),
            _ when Maker(name) is { } maker => Hcl.Reference($"module.{Names.AwsModule(maker)}.{name}"),
            _ => _module.Variable(variable),
        };
    }

    /// <summary>The region whose Connect instance a variable speaks of.</summary>
    private Region? Maker(string variable)
    {
        var instance = index.Network.ConnectInstances.FirstOrDefault(i =>
            variable == NodeConfiguration.InstanceVariable(i.Id) || variable == NodeConfiguration.FlowVariable(i.Id));
        return instance is null ? null : index.Network.Regions.First(r => r.Name == instance.Region);
    }

    private static string Describe(LinkTransport transport) => transport switch
    {
        LinkTransport.PartnerCrossCloud => "Partner Cross-Cloud Interconnect",
        LinkTransport.CrossCloud => "Cross-Cloud Interconnect and Direct Connect",
        LinkTransport.Colo => "Dedicated Interconnect and Direct Connect, through routers of our own",
        _ => "HA VPN",
    };

    /// <summary>Google takes small letters, digits, '-' and '_' in labels.</summary>
    private static string Label(string text) =>
        string.Concat(text.Select(c =>
            char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? char.ToLowerInvariant(c) : '-'));
}
