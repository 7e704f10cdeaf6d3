namespace Farspan.ConnectEmulator;

/// <summary>A pair of signing keys that the emulator knows; made up, never a real one.</summary>
public sealed record AccessKey(string AccessKeyId, string SecretAccessKey);
