using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Farspan.Hosts.Tests")]
