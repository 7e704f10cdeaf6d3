namespace Farspan.StubProvider;

/// <summary>An error that Terraform shows with the place in the configuration.</summary>
/// <param name="Summary">What is wrong.</param>
/// <param name="Detail">With the values at hand.</param>
/// <param name="Attribute">The top-level attribute or block.</param>
public sealed record Diagnostic(string Summary, string Detail, string Attribute)
{
    private const int Error = 1;

    public ProtoWriter ToProto()
    {
        var message = new ProtoWriter().Integer(1, Error).Text(2, Summary).Text(3, Detail);
        return Attribute.Length == 0
            ? message
            : message.Message(4, new ProtoWriter().Message(1, new ProtoWriter().Text(1, Attribute)));
    }
}
