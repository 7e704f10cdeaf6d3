using System.CommandLine;
using System.Security.Cryptography;
using Farspan.Identity;

namespace Farspan.Cli;

/// <summary><c>farspan cluster</c>: who belongs to the cluster, and what seals its tokens.</summary>
internal static class ClusterCommand
{
    private static readonly Option<DirectoryInfo> Folder = ClusterOptions.Folder();
    private static readonly Option<bool> Json = ClusterOptions.Json();
    private static readonly Option<string> Cluster = ClusterOptions.Name("--cluster", "The cluster's name.");
    private static readonly Option<string> Region = ClusterOptions.Name("--region", "The node's region.");
    private static readonly Option<string> Node = ClusterOptions.Name("--node", "The node's name.");

    private static readonly Option<string> Roles = ClusterOptions.Roles();

    private static readonly Option<string> Life =
        ClusterOptions.Duration("--life", "15m", "How long the join code is good for.");

    private static readonly Option<string> Delay = ClusterOptions.Duration(
        "--in", "1m", "When the new key seals: every node must have got it by then.");

    private static readonly Option<string> Overlap = ClusterOptions.Duration(
        "--overlap", "24h", "How long the old key still opens after that: longer than any call.");

    private static readonly Option<string> From = new("--from")
    {
        Description = "A node that serves the authority, such as https://192.0.2.1:7443.",
        Required = true,
        HelpName = "URL",
    };

    private static readonly Option<string> Code = new("--code")
    {
        Description = "What farspan cluster invite has printed; without it, it is read from standard input.",
    };

    public static Command Create()
    {
        var command = new Command("cluster", "Make a cluster, join it, rotate its keys.")
        {
            Make("init", "Make a cluster, with this node in it.", Init, Cluster, Region, Node, Roles),
            Make("invite", "Make a code for one node to join once.", Invite, Region, Node, Roles, Life),
            Make("rotate", "Make new keys; the old ones open a while longer.", Rotate, Delay, Overlap),
            Make("show", "Say who this node is and which keys it has.", Show),
            ClusterServeCommand.Create(),
        };
        var join = new Command("join", "Make this node a member.") { Folder, Json, From, Code };
        join.SetAction((arguments, stop) => JoinAsync(arguments, OutputOf(arguments), stop));
        command.Add(join);
        return command;
    }

    private static Command Make(
        string name, string description, Func<ParseResult, CommandOutput, int> run, params Option[] options)
    {
        var command = new Command(name, description) { Folder, Json };
        foreach (var option in options)
        {
            command.Add(option);
        }

        command.SetAction(arguments => Guard(OutputOf(arguments), output => run(arguments, output)));
        return command;
    }

    private static int Guard(CommandOutput output, Func<CommandOutput, int> run)
    {
        try
        {
            return run(output);
        }
        catch (Exception failure) when (
            failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            output.SayFailure(failure.Message, "Look at the folder that --folder names.");
            return ExitCode.Failure;
        }
    }

    private static int Init(ParseResult arguments, CommandOutput output)
    {
        var folder = FolderOf(arguments);
        var identity = new NodeIdentity(
            arguments.GetRequiredValue(Cluster),
            arguments.GetRequiredValue(Region),
            arguments.GetRequiredValue(Node),
            ClusterOptions.ReadRoles(arguments, Roles));
        folder.Create(identity, DateTimeOffset.UtcNow);
        return Show(arguments, output);
    }

    private static int Invite(ParseResult arguments, CommandOutput output)
    {
        var folder = FolderOf(arguments);
        if (!HasAuthority(folder, output))
        {
            return ExitCode.Failure;
        }

        var identity = folder.Load().Identity with
        {
            Region = arguments.GetRequiredValue(Region),
            Node = arguments.GetRequiredValue(Node),
            Roles = ClusterOptions.ReadRoles(arguments, Roles),
        };
        var expiresAt = DateTimeOffset.UtcNow + ClusterOptions.Read(arguments, Life);
        var code = new InvitationBook(folder).Invite(identity, expiresAt).Reveal();
        var result = new ClusterInvitationResult(
            identity.Region, identity.Node, RoleNames.Write(identity.Roles), code, expiresAt);
        output.Say(
            result,
            ClusterJson.Default.ClusterInvitationResult,
            [
                $"Code for {identity.Node} in {identity.Region} ({result.Roles}), once, until {expiresAt:u}:",
                $"  {code}",
                "On that node: farspan cluster join --from https://ADDRESS-OF-THIS-NODE --code CODE",
            ]);
        return ExitCode.Success;
    }

    private static async Task<int> JoinAsync(
        ParseResult arguments, CommandOutput output, CancellationToken stop)
    {
        var text = arguments.GetValue(Code) ?? await Console.In.ReadLineAsync(stop) ?? "";
        if (!JoinCode.TryParse(text, out var code))
        {
            output.SayFailure("that is no join code", "Copy what farspan cluster invite has printed.");
            return ExitCode.Failure;
        }

        if (!Uri.TryCreate(arguments.GetRequiredValue(From), UriKind.Absolute, out var from)
            || from.Scheme != Uri.UriSchemeHttps)
        {
            output.SayFailure(
                $"{arguments.GetValue(From)} is no address to join from", "It begins with https://.");
            return ExitCode.Failure;
        }

        try
        {
            await JoinClient.JoinAsync(from, code, FolderOf(arguments), stop);
            return Guard(output, said => Show(arguments, said));
        }
        catch (JoinException failure)
        {
            output.SayFailure(failure.Message, failure.Fix);
            return ExitCode.Failure;
        }
    }

    private static int Rotate(ParseResult arguments, CommandOutput output)
    {
        var folder = FolderOf(arguments);
        if (!HasAuthority(folder, output))
        {
            return ExitCode.Failure;
        }

        var now = DateTimeOffset.UtcNow;
        var rotated = folder.Load().HeldKeys.Rotate(
            ClusterKeyFile.Draw,
            now,
            now + ClusterOptions.Read(arguments, Delay),
            ClusterOptions.Read(arguments, Overlap));
        folder.SaveKeys(rotated);
        var ring = rotated.Rings.First().Value; // All purposes are rotated together.
        var (old, fresh) = (ring.Keys[^2], ring.Newest);
        output.Say(
            new ClusterRotationResult(fresh.Generation, fresh.NotBefore, old.NotAfter!.Value),
            ClusterJson.Default.ClusterRotationResult,
            [
                $"Generation {fresh.Generation} seals from {fresh.NotBefore:u}.",
                $"Generation {old.Generation} opens until {old.NotAfter:u}.",
                "Running nodes fetch it by themselves.",
            ]);
        return ExitCode.Success;
    }

    private static int Show(ParseResult arguments, CommandOutput output)
    {
        var folder = FolderOf(arguments);
        var member = folder.Load();
        var result = new ClusterMemberResult(
            member.Identity.Cluster,
            member.Identity.Region,
            member.Identity.Node,
            RoleNames.Write(member.Identity.Roles),
            folder.FullPath,
            Convert.ToHexStringLower(ClusterTrust.FingerprintOf(member.Authority)),
            folder.HasAuthority,
            member.Certificate.NotAfter.ToUniversalTime(),
            [
                .. from ring in member.HeldKeys.Rings
                   from key in ring.Value.Keys
                   select new ClusterKeyResult(
                       ring.Key.ToString(), key.Generation, key.NotBefore, key.NotAfter),
            ]);
        output.Say(result, ClusterJson.Default.ClusterMemberResult, Describe(result));
        return ExitCode.Success;
    }

    private static IEnumerable<string> Describe(ClusterMemberResult member)
    {
        yield return $"{member.Node} in {member.Region} is a member of {member.Cluster}: {member.Roles}.";
        yield return $"  folder       {member.Folder}";
        yield return $"  authority    {member.Authority}{(member.HasAuthority ? " (its key is here)" : "")}";
        yield return $"  certificate  until {member.CertificateUntil:u}";
        foreach (var key in member.Keys)
        {
            var end = key.OpensUntil is { } until ? $", opens until {until:u}" : "";
            yield return $"  key          {key.Purpose} {key.Generation} seals from {key.SealsFrom:u}{end}";
        }
    }

    private static bool HasAuthority(ClusterFolder folder, CommandOutput output)
    {
        if (!folder.HasAuthority)
        {
            output.SayFailure(
                "the authority's key is not here",
                "Run this on the node on which farspan cluster init was run.");
        }

        return folder.HasAuthority;
    }

    private static ClusterFolder FolderOf(ParseResult arguments) =>
        new(arguments.GetRequiredValue(Folder).FullName);

    private static CommandOutput OutputOf(ParseResult arguments) =>
        new(Console.Out, Console.Error, arguments.GetValue(Json));
}
