using System.Runtime.CompilerServices;

// The published vectors are for the ciphers and session keys, which nobody else needs to see.
[assembly: InternalsVisibleTo("Farspan.Protocols.Tests")]
