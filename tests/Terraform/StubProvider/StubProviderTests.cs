namespace Farspan.Terraform.Tests;

/// <summary>
/// The stub providers, judged by Terraform: what a real one accepts and remembers, they do; what it refuses,
/// too.
/// </summary>
[Collection(TerraformCollection.Name)]
public sealed class StubProviderTests(RunningProviders providers)
{
    private const string Head = """
        terraform {
          required_providers {
            aws    = { source = "hashicorp/aws" }
            google = { source = "hashicorp/google" }
          }
        }

        """;

    private const string Sound = Head + """
        resource "google_compute_network" "main" {
          name         = "calls"
          routing_mode = "GLOBAL"
        }

        resource "google_compute_ha_vpn_gateway" "main" {
          name    = "calls"
          network = google_compute_network.main.id
        }

        resource "aws_ec2_transit_gateway" "main" {
          amazon_side_asn = 64512
        }

        resource "aws_customer_gateway" "second" {
          type       = "ipsec.1"
          bgp_asn    = "65000"
          ip_address = google_compute_ha_vpn_gateway.main.vpn_interfaces[1].ip_address
        }

        resource "aws_vpn_connection" "main" {
          type                = "ipsec.1"
          customer_gateway_id = aws_customer_gateway.second.id
          transit_gateway_id  = aws_ec2_transit_gateway.main.id
          tunnel1_inside_cidr = "169.254.10.0/30"
        }

        resource "google_compute_external_vpn_gateway" "main" {
          name            = "aws"
          redundancy_type = "SINGLE_IP_INTERNALLY_REDUNDANT"
          interface {
            id         = 0
            ip_address = aws_vpn_connection.main.tunnel1_address
          }
        }
        """;

    [TerraformFact]
    public async Task WhatIsApplied_IsRemembered_AndDestroyed()
    {
        // Terraform starts the providers itself here, as it starts real ones: handshake, certificates, shutdown.
        using var folder = new TerraformFolder();
        folder.Write("main.tf", Sound);

        (await folder.RunAsync("apply", "-auto-approve", "-no-color", "-input=false")).RequireSuccess();
        var plan = await folder.RunAsync("plan", "-detailed-exitcode", "-no-color", "-input=false");
        var state = await folder.RunAsync("show", "-no-color");
        var destroyed = await folder.RunAsync("destroy", "-auto-approve", "-no-color", "-input=false");

        plan.RequireSuccess();
        Assert.Contains("No changes.", plan.Output, StringComparison.Ordinal);
        Assert.Contains("198.51.100.", state.Output, StringComparison.Ordinal);
        destroyed.RequireSuccess();
        Assert.Contains("6 destroyed", destroyed.Output, StringComparison.Ordinal);
    }

    [TerraformFact]
    public async Task AChangedAttribute_IsPlannedAsAChange()
    {
        using var folder = new TerraformFolder(providers);
        folder.Write("main.tf", Sound);
        (await folder.RunAsync("apply", "-auto-approve", "-no-color", "-input=false")).RequireSuccess();
        folder.Write("main.tf", Sound.Replace("64512", "64513", StringComparison.Ordinal));

        var plan = await folder.RunAsync("plan", "-detailed-exitcode", "-no-color", "-input=false");

        Assert.Equal(2, plan.ExitCode);
        Assert.Contains("64512 -> 64513", plan.Output, StringComparison.Ordinal);
    }

    [TerraformTheory]
    [InlineData("routing_mode = \"GLOBAL\"", "routing_modes = \"GLOBAL\"", "Unsupported argument")]
    [InlineData("routing_mode = \"GLOBAL\"", "routing_mode = \"WORLD\"", "expected one of REGIONAL, GLOBAL, got WORLD")]
    [InlineData("amazon_side_asn = 64512", "amazon_side_asn = \"many\"", "a number is required")]
    [InlineData("amazon_side_asn = 64512", "amazon_side_asn = 7224", "7224 does not look like")]
    [InlineData("id         = 0", "id         = 4", "expected 0 to 3, got 4")]
    [InlineData("name            = \"aws\"", "", "Missing required argument")]
    [InlineData("169.254.10.0/30", "169.254.0.0/30", "Invalid value for tunnel1_inside_cidr")]
    [InlineData("transit_gateway_id  =", "# ", "exactly one of transit_gateway_id, vpn_gateway_id")]
    [InlineData("aws_ec2_transit_gateway\" \"main", "aws_transit_gateway\" \"main", "Invalid resource type")]
    [InlineData("main.tunnel1_address", "main.tunnel1_adress", "Unsupported attribute")]
    public async Task APlantedFault_IsFound(string sound, string planted, string expected)
    {
        using var folder = new TerraformFolder(providers);
        var lines = Sound.Split('\n').Select(l => Collapse(l).Contains(Collapse(sound), StringComparison.Ordinal)
            ? Collapse(l).Replace(Collapse(sound), planted, StringComparison.Ordinal) : l);
        folder.Write("main.tf", string.Join('\n', lines));

        (await folder.RunAsync("validate", "-no-color")).RequireFailure(expected);
    }

    private static string Collapse(string line) =>
        string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
