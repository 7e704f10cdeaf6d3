using System.Text.Json.Nodes;

namespace Farspan.LabRun;

/// <summary>Something that happened in the Connect emulator, for people.</summary>
public sealed record LabEvent(long Sequence, DateTimeOffset At, string Text, bool IsOfContact)
{
    internal static LabEvent Read(JsonObject happened)
    {
        var contact = (string?)happened["contactId"];
        string?[] parts =
            [(string?)happened["kind"], (string?)happened["value"], contact?[..Math.Min(8, contact.Length)]];
        var text = string.Join(' ', parts.Where(part => !string.IsNullOrEmpty(part)));
        return new LabEvent(
            (long?)happened["sequence"] ?? 0,
            DateTimeOffset.TryParse((string?)happened["at"], out var at) ? at : default,
            text,
            IsOfContact: contact is not null);
    }
}
