using Farspan.Topology;

namespace Farspan.Render;

/// <summary>
/// The program that ends a connector in order: when its group wants it gone, it refuses new calls, waits until
/// the last one
/// is over, and only then lets the group stop it. The group does not wait for ever.
/// </summary>
internal static class DrainWatch
{
    public const string Path = "/usr/local/sbin/farspan-drain";

    public static readonly string Unit = string.Join(
        '\n',
        "[Unit]", "Description=Ends calls in order before the auto-scaling group stops this "
        + "machine", "After=farspan.service", "",
        "[Service]", $"ExecStart={Path}", "Restart=on-failure", "RestartSec=5", "",
        "[Install]", "WantedBy=multi-user.target");

    public static string Script(Connector connector) => string.Join(
        '\n',
        "#!/bin/sh",
        "set -eu",
        "imds=http://169.254.169.254/latest",
        "token() { curl -sf -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' $imds/api/token; }",
        "metadata() { curl -sf -H \"X-aws-ec2-metadata-token: $(token)\" $imds/meta-data/$1; }",
        $"calls() {{ curl -sf http://127.0.0.1:{connector.HealthPort}/metrics | awk '/^farspan_calls_active/ {{ n "
        + $"+= $2 }} END {{ print n + 0 }}'; }}",
        "until [ \"$(metadata autoscaling/target-lifecycle-state || true)\" = Terminated ]; do sleep 5; done",
        "# The certificate is the node's own, and this is the node.",
        "curl -sf --insecure -u \"admin:$(cat /etc/farspan/admin.password)\" -X POST "
        + "https://127.0.0.1:8443/api/v1/drain",
        "while [ \"$(calls || echo 0)\" -gt 0 ]; do sleep 5; done",
        "aws autoscaling complete-lifecycle-action --lifecycle-hook-name drain --lifecycle-action-result CONTINUE \\",
        $"  --region {connector.AwsRegion} --auto-scaling-group-name {connector.Name} --instance-id \"$(metadata "
        + "instance-id)\"");
}
