using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Farspan.Adapters.Tests")]
