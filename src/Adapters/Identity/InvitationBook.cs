using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Farspan.Kernel;
using Farspan.Store;

namespace Farspan.Identity;

/// <summary>
/// Open invitations, a file each: the command that invites and the node that admits are different processes,
/// and only one of two that take the same invitation can remove its file.
/// </summary>
/// <param name="folder">Beside the authority's key.</param>
public sealed class InvitationBook(ClusterFolder folder)
{
    /// <summary>Invites a node, once.</summary>
    public JoinCode Invite(NodeIdentity identity, DateTimeOffset expiresAt)
    {
        var code = JoinCode.Draw();
        var body = new InvitationBody(identity.ToString(), code.Secret.Reveal(), expiresAt);
        var path = PathOf(code.Id);
        PrivateFile.CreateFolderOf(path);
        var json = JsonSerializer.SerializeToUtf8Bytes(body, IdentityJson.Default.InvitationBody);
        PrivateFile.Write(path, json);
        return code;
    }

    /// <summary>Finds an invitation that has not expired.</summary>
    /// <param name="id">As a stranger sent it.</param>
    /// <param name="wall">Now.</param>
    /// <param name="code">The code that was given out.</param>
    /// <param name="identity">Who is invited.</param>
    public bool TryFind(
        string id,
        DateTimeOffset wall,
        [NotNullWhen(true)] out JoinCode? code,
        [NotNullWhen(true)] out NodeIdentity? identity)
    {
        code = null;
        identity = null;
        if (!IsId(id) || Read(PathOf(id)) is not { } body)
        {
            return false;
        }

        if (body.ExpiresAt <= wall || !NodeIdentity.TryParse(body.Identity, out identity))
        {
            TryRemove(id);
            return false;
        }

        code = new JoinCode(id, new Redacted<byte[]>(body.Secret));
        return true;
    }

    /// <summary>Takes an invitation away.</summary>
    /// <returns>False if it was gone: somebody else was first.</returns>
    public bool TryRemove(string id)
    {
        try
        {
            // Of two renames only one finds the file.
            var taken = PathOf(id) + ".taken";
            File.Move(PathOf(id), taken, overwrite: true);
            File.Delete(taken);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool IsId(string id) => id.Length == 8 && id.All(char.IsAsciiHexDigitLower);

    private static InvitationBody? Read(string path)
    {
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(path), IdentityJson.Default.InvitationBody)
                : null;
        }
        catch (Exception failure) when (failure is IOException or JsonException)
        {
            return null;
        }
    }

    private string PathOf(string id) => Path.Combine(folder.InvitationsPath, id + ".json");
}
