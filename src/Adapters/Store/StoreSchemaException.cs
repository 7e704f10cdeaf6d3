namespace Farspan.Store;

/// <summary>The tables are of a later version of this program.</summary>
internal sealed class StoreSchemaException(string message) : Exception(message);
