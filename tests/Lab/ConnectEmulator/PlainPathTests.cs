using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Farspan.ConnectEmulator.Tests;

/// <summary>Paths as people and scripts write them, with a slash too many.</summary>
public sealed class PlainPathTests
{
    [Theory]
    [InlineData("/contacts")]
    [InlineData("//contacts")]
    [InlineData("/contacts/")]
    [InlineData("//contacts//")]
    public async Task Contacts_are_listed_however_many_slashes_there_are(string path)
    {
        await using var server = await StartAsync();
        using var http = new HttpClient();

        using var answer = await http.GetAsync($"{server.Url.GetLeftPart(UriPartial.Authority)}{path}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty((await answer.Content.ReadFromJsonAsync<JsonArray>())!);
    }

    [Fact]
    public async Task A_contact_that_there_is_not_is_not_found()
    {
        await using var server = await StartAsync();
        using var http = new HttpClient();

        using var answer = await http.GetAsync($"{server.Url.GetLeftPart(UriPartial.Authority)}//contacts//x/");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static Task<ConnectEmulatorServer> StartAsync() => ConnectEmulatorServer.StartAsync(
        new ConnectEmulatorSettings { Url = "http://127.0.0.1:0" }, new SilentMedia(), CancellationToken.None);
}
