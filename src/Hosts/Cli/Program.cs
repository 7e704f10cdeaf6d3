using System.CommandLine;
using Farspan.Cli;

var root = new RootCommand("Farspan: carriers' SIP calls on Amazon Connect, over WebRTC.")
{
    ConnectorCommand.Create(),
    EdgeCommand.Create(),
    CheckCommand.Create(),
    ShowCommand.Create(),
    SchemaCommand.Create(),
    EmulateCommand.Create(),
    LabCommand.Create(),
    ClusterCommand.Create(),
    RenderCommand.Create(),
    SimulateCommand.Create(),
    DiffCommand.Create(),
};

// After SIGTERM or Ctrl-C a node ends its calls first; that may take longer than the library's two seconds.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(15) };
return await root.Parse(args).InvokeAsync(configuration);
