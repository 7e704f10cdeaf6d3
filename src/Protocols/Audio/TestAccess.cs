using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Farspan.Protocols.Tests")]
