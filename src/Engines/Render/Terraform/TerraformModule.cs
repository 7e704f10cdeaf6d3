namespace Farspan.Render;

/// <summary>A folder of Terraform files, with its variables and outputs.</summary>
/// <param name="path">Below the rendered folder.</param>
internal sealed class TerraformModule(string path)
{
    private readonly SortedDictionary<string, HclBody> _files = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _others = new(StringComparer.Ordinal);
    private readonly List<TerraformVariable> _variables = [];

    public string Path => path;

    /// <summary>In the order of their declaration.</summary>
    public IReadOnlyList<TerraformVariable> Variables => _variables;

    public HclBody File(string name)
    {
        if (!_files.TryGetValue(name, out var body))
        {
            _files.Add(name, body = new HclBody());
        }

        return body;
    }

    /// <summary>Adds a file that is no HCL.</summary>
    public void Add(string name, string text) => _others[name] = text;

    /// <summary>Declares a variable, once; returns the expression that reads it.</summary>
    public HclValue Variable(string name, string type, string description) =>
        Variable(new TerraformVariable(name, type, description));

    /// <summary>Declares a variable that Terraform does not print.</summary>
    public HclValue Secret(string name, string description) =>
        Variable(new TerraformVariable(name, "string", description) { IsSensitive = true });

    public HclValue Variable(TerraformVariable variable)
    {
        if (_variables.TrueForAll(v => v.Name != variable.Name))
        {
            _variables.Add(variable);
            File("variables.tf").Block("variable", variable.Name, body => body
                .Set("type", Hcl.Reference(variable.Type))
                .Set("description", variable.Description)
                .Set("default", variable.Default)
                .Set("sensitive", variable.IsSensitive ? true : null));
        }

        return Hcl.Reference($"var.{variable.Name}");
    }

    public void Output(string name, HclValue value, string description) =>
        File("outputs.tf").Block("output", name, output => output
            .Set("description", description)
            .Set("value", value));

    public void Require(params IEnumerable<string> providers) =>
        File("versions.tf").Block("terraform", terraform => TerraformVersions.Require(terraform, providers));

    public IEnumerable<RenderedFile> Files() =>
        _files.Where(f => f.Value.Nodes.Count > 0)
            .Select(f => new RenderedFile($"{path}/{f.Key}", HclWriter.Write(f.Value)))
            .Concat(_others.Select(f => new RenderedFile($"{path}/{f.Key}", f.Value)));
}
