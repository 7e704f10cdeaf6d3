using Farspan.Topology;

namespace Farspan.Render;

/// <summary>The three folders of a region.</summary>
internal sealed record RegionModules(
    Region Region, TerraformModule Google, TerraformModule Links, TerraformModule Aws);
