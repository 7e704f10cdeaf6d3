using System.CommandLine;
using Farspan.Cluster;
using Farspan.Identity;

namespace Farspan.Cli;

/// <summary>The options that the cluster's commands share.</summary>
internal static class ClusterOptions
{
    public static Option<DirectoryInfo> Folder() => new("--folder")
    {
        Description = "Where the node keeps who it is; created with mode 0700.",
        DefaultValueFactory = _ => new DirectoryInfo(Path.Combine("data", "cluster")),
    };

    public static Option<bool> Json() =>
        new("--json") { Description = "Print the result as one JSON object." };

    /// <summary>A name that may stand in a certificate.</summary>
    public static Option<string> Name(string name, string description)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            Required = true,
            HelpName = "NAME",
        };
        option.Validators.Add(result =>
        {
            if (!ClusterName.IsValid(result.GetValueOrDefault<string>()))
            {
                result.AddError($"{name} takes lower-case letters, digits and hyphens, at most 63.");
            }
        });
        return option;
    }

    public static Option<string> Roles()
    {
        var option = new Option<string>("--roles")
        {
            Description = "What the node may be: edge, connector, both, or witness. It gets keys for that.",
            DefaultValueFactory = _ => "edge,connector",
            HelpName = "ROLES",
        };
        option.Validators.Add(result =>
        {
            if (!RoleNames.TryParse(result.GetValueOrDefault<string>(), out _))
            {
                result.AddError("--roles takes edge, connector, edge,connector or witness.");
            }
        });
        return option;
    }

    /// <summary>The value of <see cref="Roles"/>, validated.</summary>
    public static ClusterRoles ReadRoles(ParseResult arguments, Option<string> option)
    {
        _ = RoleNames.TryParse(arguments.GetRequiredValue(option), out var roles);
        return roles;
    }

    public static Option<string> Duration(string name, string value, string description)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            DefaultValueFactory = _ => value,
            HelpName = "TIME",
        };
        option.Validators.Add(result =>
        {
            if (!LabDuration.TryParse(result.GetValueOrDefault<string>(), out _))
            {
                result.AddError($"{name} takes a time such as 30s, 15m or 24h.");
            }
        });
        return option;
    }

    /// <summary>The value of a <see cref="Duration"/> that was validated.</summary>
    public static TimeSpan Read(ParseResult arguments, Option<string> option)
    {
        _ = LabDuration.TryParse(arguments.GetRequiredValue(option), out var duration);
        return duration;
    }
}
