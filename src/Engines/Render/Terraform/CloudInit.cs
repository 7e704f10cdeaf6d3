using Farspan.Topology;

namespace Farspan.Render;

/// <summary>
/// What an instance does when it starts for the first time (cloud-init's <c>#cloud-config</c>): it writes Farspan's
/// configuration and starts the service that the image brings.
/// </summary>
internal static class CloudInit
{
    public static string OfEdge(NetworkIndex index, Edge edge) =>
        Write("edge", NodeConfiguration.OfEdge(index, edge));

    /// <summary>For <c>templatefile</c>: the ids of Connect are known only after they are made.</summary>
    public static string OfConnector(NetworkIndex index, Connector connector) =>
        Write("connector", NodeConfiguration.OfConnector(index, connector));

    private static string Write(string role, string configuration)
    {
        var text = new TextLines();
        text.Add("#cloud-config");
        text.Add($"# Starts Farspan as {role}; the image brings the program and its user.");
        text.Add("write_files:");
        text.Add("  - path: /etc/farspan/farspan.yaml");
        text.Add("    owner: root:farspan");
        text.Add("    permissions: \"0640\"");
        text.Add("    content: |");
        text.AddIndented(configuration, 6);
        text.Add("  - path: /etc/systemd/system/farspan.service.d/role.conf");
        text.Add("    content: |");
        text.Add("      [Service]");
        text.Add("      ExecStart=");
        text.Add($"      ExecStart=/usr/bin/farspan {role} --config /etc/farspan/farspan.yaml");
        text.Add("runcmd:");
        text.Add("  - [systemctl, daemon-reload]");
        text.Add("  - [systemctl, enable, --now, farspan.service]");
        return text.ToString();
    }
}
