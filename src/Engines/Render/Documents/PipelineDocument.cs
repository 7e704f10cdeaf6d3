namespace Farspan.Render;

/// <summary>
/// The pipeline of GitHub Actions: check, render, plan, approve, apply. What is approved is the plan, and only that is
/// applied.
/// </summary>
internal static class PipelineDocument
{
    /// <summary>Types whose replacement takes a region's calls down.</summary>
    private static readonly string[] Guarded =
    [
        "aws_ec2_transit_gateway", "aws_dx_gateway", "aws_dx_connection", "aws_dx_transit_virtual_interface",
        "aws_vpn_connection", "aws_connect_instance", "google_compute_network", "google_compute_router",
        "google_compute_interconnect", "google_compute_interconnect_attachment", "google_compute_address",
        "google_network_connectivity_transport",
    ];

    public static string Write(NetworkIndex index, TerraformModule root)
    {
        var text = new TextLines();
        Head(text, root);
        Plan(text, index);
        Apply(text, index);
        return text.ToString();
    }

    private static void Head(TextLines text, TerraformModule root)
    {
        text.Add("# check → render → plan → approve → apply. The environment \"network\" names who approves.");
        text.Add("name: network");
        text.Add("on:");
        text.Add("  pull_request:");
        text.Add("  push:");
        text.Add("    branches: [main]");
        text.Add("concurrency: network");
        text.Add("permissions:");
        text.Add("  contents: read");
        text.Add("  id-token: write # Short-lived credentials of both clouds; no key is stored.");
        text.Add("  security-events: write # Findings appear beside the lines of farspan.yaml.");
        text.Add("env:");
        text.Add("  TF_IN_AUTOMATION: \"true\"");
        foreach (var variable in root.Variables.Where(v => v.Default is null))
        {
            var store = variable.IsSensitive ? "secrets" : "vars";
            text.Add($"  TF_VAR_{variable.Name}: ${{{{ {store}.{variable.Name.ToUpperInvariant()} }}}}");
        }

        text.Add("jobs:");
    }

    private static void Plan(TextLines text, NetworkIndex index)
    {
        text.Add("  plan:");
        text.Add("    runs-on: ubuntu-latest");
        text.Add("    steps:");
        text.Add("      - uses: actions/checkout@v4");
        text.Add("      - name: Check");
        text.Add("        run: farspan check farspan.yaml --sarif > findings.sarif");
        text.Add("      - uses: github/codeql-action/upload-sarif@v3");
        text.Add("        if: always()");
        text.Add("        with: { sarif_file: findings.sarif }");
        text.Add("      - name: Render, and see that what is committed is what is rendered");
        text.Add("        run: |");
        text.Add("          farspan render farspan.yaml --out network");
        text.Add("          git diff --exit-code network");
        text.Add("      - name: Prove the objectives");
        text.Add("        run: farspan simulate farspan.yaml");
        Credentials(text, index);
        text.Add("      - uses: hashicorp/setup-terraform@v3");
        text.Add("      - name: Plan");
        text.Add("        working-directory: network/terraform");
        text.Add("        run: |");
        text.Add("          terraform init -input=false");
        text.Add("          terraform fmt -check -recursive");
        text.Add("          terraform plan -input=false -out=network.tfplan");
        text.Add("          terraform show -json network.tfplan > plan.json");
        Guard(text, index);
        text.Add("      - uses: actions/upload-artifact@v4");
        text.Add("        # A plan holds secrets in the clear: it lives no longer than the approval takes.");
        text.Add("        with: { name: plan, path: network/terraform, include-hidden-files: true, retention-days: "
            + "1 }");
    }

    private static void Guard(TextLines text, NetworkIndex index)
    {
        if (!index.Network.Policies.GuardsDestruction)
        {
            return;
        }

        text.Add("      - name: Nothing that carries calls is destroyed unawares");
        text.Add("        if: ${{ !contains(github.event.pull_request.labels.*.name, 'destroys-core') }}");
        text.Add("        working-directory: network/terraform");
        text.Add("        run: |");
        text.Add("          jq -e --argjson guarded '[" + string.Join(",", Guarded.Select(g => $"\"{g}\"")) + "]' \\");
        text.Add("            '[.resource_changes[] | select((.change.actions | index(\"delete\")) and (.type as "
            + "$t | $guarded | index($t)))");
        text.Add("              | .address] | if length == 0 then true else (., false | debug) end' plan.json");
    }

    private static void Apply(TextLines text, NetworkIndex index)
    {
        text.Add("  apply:");
        text.Add("    needs: plan");
        text.Add("    if: github.ref == 'refs/heads/main'");
        text.Add("    runs-on: ubuntu-latest");
        text.Add("    environment: network");
        text.Add("    steps:");
        text.Add("      - uses: actions/download-artifact@v4");
        text.Add("        with: { name: plan }");
        Credentials(text, index);
        text.Add("      - uses: hashicorp/setup-terraform@v3");
        text.Add("      - name: Apply the plan that was approved, and nothing else");
        text.Add("        run: |");
        text.Add("          terraform init -input=false");
        text.Add("          terraform apply -input=false network.tfplan");
    }

    private static void Credentials(TextLines text, NetworkIndex index)
    {
        text.Add("      - uses: google-github-actions/auth@v2");
        text.Add("        with:");
        text.Add("          workload_identity_provider: ${{ vars.GOOGLE_WORKLOAD_IDENTITY_PROVIDER }}");
        text.Add("          service_account: ${{ vars.GOOGLE_SERVICE_ACCOUNT }}");
        text.Add("      - uses: aws-actions/configure-aws-credentials@v4");
        text.Add("        with:");
        text.Add("          role-to-assume: ${{ vars.AWS_ROLE }}");
        text.Add($"          aws-region: {index.Network.Regions.FirstOrDefault()?.AwsRegion ?? "us-east-1"}");
    }
}
