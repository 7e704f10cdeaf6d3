namespace Farspan.StubProvider;

/// <summary>A resource or data source: its schema and what is checked beyond it.</summary>
public sealed record ResourceSchema(string Type, SchemaBlock Block, ResourceRules Rules);
