using Farspan.Topology;

namespace Farspan.Render;

/// <summary>
/// What an instance does when it starts for the first time (cloud-init's <c>#cloud-config</c>): it writes Farspan's
/// configuration, draws the administrator's password and starts the service that the image brings.
/// </summary>
internal static class CloudInit
{
    private const string DrawPassword =
        "test -s /etc/farspan/admin.password || (umask 027; head -c 24 /dev/urandom | base64 > "
        + "/etc/farspan/admin.password; chgrp farspan /etc/farspan/admin.password)";

    public static string OfEdge(NetworkIndex index, Edge edge)
    {
        var text = Begin("edge", NodeConfiguration.OfEdge(index, edge));
        return End(text, []);
    }

    /// <summary>For <c>templatefile</c>: the ids of Connect are known only after they are made.</summary>
    public static string OfConnector(NetworkIndex index, Connector connector)
    {
        var text = Begin("connector", NodeConfiguration.OfConnector(index, connector));
        File(text, DrainWatch.Path, "0755", DrainWatch.Script(connector));
        File(text, "/etc/systemd/system/farspan-drain.service", "0644", DrainWatch.Unit);
        return End(text, ["  - [systemctl, enable, --now, farspan-drain.service]"]);
    }

    private static TextLines Begin(string role, string configuration)
    {
        var text = new TextLines();
        text.Add("#cloud-config");
        text.Add($"# Starts Farspan as {role}; the image brings the program and its user.");
        text.Add("write_files:");
        File(text, "/etc/farspan/farspan.yaml", "0644", configuration);
        File(text, "/etc/systemd/system/farspan.service.d/role.conf", "0644", string.Join('\n',
            "[Service]", "ExecStart=", $"ExecStart=/usr/bin/farspan {role} --config /etc/farspan/farspan.yaml"));
        return text;
    }

    private static string End(TextLines text, IEnumerable<string> commands)
    {
        text.Add("runcmd:");
        text.Add("  - |");
        text.AddIndented(DrawPassword, 4);
        text.Add("  - [systemctl, daemon-reload]");
        text.Add("  - [systemctl, enable, --now, farspan.service]");
        return text.Add(commands).ToString();
    }

    private static void File(TextLines text, string path, string permissions, string content)
    {
        text.Add($"  - path: {path}");
        text.Add($"    permissions: \"{permissions}\"");
        text.Add("    content: |");
        text.AddIndented(content, 6);
    }
}
