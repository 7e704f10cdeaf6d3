using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Farspan.Lab.Tests")]
