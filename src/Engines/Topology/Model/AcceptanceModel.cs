namespace Farspan.Topology;

/// <summary>A finding that somebody knows of and lives with for a while.</summary>
/// <param name="Rule">The rule's id, such as <c>CON-009</c>.</param>
/// <param name="Where">The id of the element, or the start of the finding's key; null: everywhere.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">The last day it holds.</param>
/// <param name="Place">Where it is written.</param>
public sealed record AcceptanceModel(
    string Rule, string? Where, string Reason, DateOnly Until, ConfigurationPlace Place);
