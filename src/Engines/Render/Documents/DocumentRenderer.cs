namespace Farspan.Render;

/// <summary>
/// What people read beside the Terraform: the description, the steps by hand, the runbooks, the pipeline.
/// </summary>
internal static class DocumentRenderer
{
    public static IEnumerable<RenderedFile> Render(NetworkIndex index, TerraformModule root) =>
    [
        new("README.md", ReadmeDocument.Write(index, root)),
        new("NETWORK.md", NetworkDocument.Write(index)),
        new("STEPS.md", new StepsDocument(index).Write()),
        new(".github/workflows/network.yml", PipelineDocument.Write(index, root)),
        .. Runbooks.Write(index),
    ];
}
