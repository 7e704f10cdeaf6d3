using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Farspan.Engines.Tests")]
