using Farspan.Topology;

namespace Farspan.Render;

/// <summary>
/// Traffic between the regions' hubs: there is next to none while every region has links of its own, so that much of it
/// says that a fallback is in use.
/// </summary>
internal sealed class CrossRegionAlarmFiles(NetworkIndex index, TerraformModule module)
{
    private const long BytesPerMinuteMax = 10_000_000;

    public void Render()
    {
        var attachments = index.Network.TransitAttachments;
        foreach (var attachment in attachments.Where(a => a.Kind == TransitGatewayAttachmentKind.Peering))
        {
            var gateway = index.Get<TransitGateway>(attachment.TransitGateway);
            var aws = $"module.{Hcl.Identifier(gateway.Region)}_aws";
            new CloudWatchAlarm(
                $"cross_region_{Names.Global(attachment.Id)}",
                $"Calls cross from {gateway.AwsRegion} to another region over {attachment.Resource}. "
                + "runbooks/region-links-lost.md",
                "AWS/TransitGateway", "BytesOut")
            {
                Dimensions =
                [
                    ("TransitGateway", Hcl.Reference($"{aws}.transit_gateway_id")),
                    ("TransitGatewayAttachment", Hcl.Reference(TransitFiles.AttachmentId(attachment))),
                ],
                Statistic = "Sum",
                Threshold = BytesPerMinuteMax,
                Periods = 3,
                Provider = $"aws.{Names.Provider(gateway.AwsRegion)}",
            }.Write(
                module.File("cross-region-alarms.tf"),
                Names.Prefix(index.Network),
                Hcl.Reference($"{aws}.alarm_topic_arn"));
        }
    }
}
