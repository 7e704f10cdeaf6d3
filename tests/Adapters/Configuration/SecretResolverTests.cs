using Farspan.Kernel;
using Farspan.Topology;

namespace Farspan.Configuration.Tests;

public sealed class SecretResolverTests
{
    private readonly SecretResolver _resolver = new(name => name == "SET" ? "from-variable" : null);

    [Fact]
    public void AVariable_GivesItsValue() =>
        Assert.Equal("from-variable", Resolve(new SecretReference.Variable("SET")));

    [Fact]
    public void ALiteral_GivesItself() =>
        Assert.Equal("lab", Resolve(new SecretReference.Literal(new Redacted<string>("lab"))));

    [Fact]
    public void AFile_GivesItsContent_WithoutTheLastLineBreak()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, " two words \r\n");

            Assert.Equal(" two words ", Resolve(new SecretReference.InFile(path)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void WhatIsNotThere_IsSaidByItsPlace()
    {
        Assert.False(_resolver.TryResolve(new SecretReference.Variable("UNSET"), out _, out var variable));
        Assert.False(
            _resolver.TryResolve(new SecretReference.InFile("/nowhere/secret"), out _, out var file));
        Assert.False(_resolver.TryResolve(new SecretReference.InFile("/dev/zero"), out _, out var endless));

        Assert.Equal("the environment variable UNSET is not set", variable);
        Assert.StartsWith("the file /nowhere/secret cannot be read", file);
        Assert.Equal("the file /dev/zero is larger than 64 KB", endless);
    }

    private string Resolve(SecretReference reference)
    {
        Assert.True(_resolver.TryResolve(reference, out var secret, out _));
        return secret.Value.Reveal();
    }
}
