namespace Farspan.Render;

/// <summary>The first page of a rendered folder.</summary>
internal static class ReadmeDocument
{
    public static string Write(NetworkIndex index, TerraformModule root)
    {
        var text = new TextLines();
        text.Add($"# The network of {index.Network.Name}");
        text.Add();
        text.Add("Made from `farspan.yaml` by `farspan render`. Change the file and render again: what is changed "
            + "here is lost.");
        text.Add();
        text.Add(MarkdownTable.Lines(["what", "where"], Contents(index)));
        text.Add("## What the images bring");
        text.Add();
        text.Add("Farspan as `/usr/bin/farspan`, its user `farspan`, the unit `farspan.service`; `curl`, and for "
            + "connectors the `aws` program. "
            + "What an instance does beyond that is in the `cloud-init` files of its module. Certificates for SIP "
            + "over TLS are fetched "
            + "from your own authority or secret store into `/etc/farspan/tls` before the service starts; none is "
            + "rendered.");
        text.Add();
        text.Add("## The first time");
        text.Add();
        text.Add("```sh");
        text.Add("cd terraform");
        foreach (var variable in root.Variables.Where(v => v.Default is null))
        {
            text.Add($"export TF_VAR_{variable.Name}=...  # "
                + $"{(variable.IsSensitive ? "Secret. " : "")}{variable.Description}");
        }

        text.Add("terraform init");
        text.Add("terraform plan -out network.tfplan");
        text.Add("terraform apply network.tfplan");
        text.Add("```");
        text.Add();
        text.Add("Then [STEPS.md](STEPS.md): what Terraform has no type for.");
        return text.ToString();
    }

    private static IEnumerable<string[]> Contents(NetworkIndex index) =>
    [
        ["[NETWORK.md](NETWORK.md)", "addresses, numbers, sessions, and a picture"],
        ["[STEPS.md](STEPS.md)", "what is done by hand, with the exact calls"],
        ["[runbooks](runbooks)", "what to do when something is lost, and how long it should last"],
        ["`terraform/`", "the root: providers, one call for each module, what spans regions"],
        .. index.Network.Regions.Select(r => new[]
        {
            $"`terraform/modules/{r.Name}-*`",
            $"{r.GoogleRegion} (`-google`), {r.AwsRegion} (`-aws`), and what joins them (`-links`)",
        }),
        ["`dashboards/grafana.json`", "what Farspan itself measures, for Grafana on Prometheus"],
        ["`.github/workflows/network.yml`", "check, render, plan, approve, apply"],
    ];
}
