using Farspan.StubProvider;
using Farspan.StubProvider.Extract;

return args switch
{
    ["serve", var provider] => await PluginServer.ServeParentAsync(new Provider(SchemaFile.Load(provider))),
    ["serve", var provider, var socket] =>
        await PluginServer.ServeSocketAsync(new Provider(SchemaFile.Load(provider)), socket),
    ["extract", var provider, var bindings] => SchemaExtractor.Run(provider, bindings),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Farspan.StubProvider serve aws|google             (started by Terraform, see README.md)");
    Console.Error.WriteLine("Farspan.StubProvider serve aws|google SOCKET      (for TF_REATTACH_PROVIDERS)");
    Console.Error.WriteLine("Farspan.StubProvider extract aws|google FOLDER    (FOLDER: the unpacked npm package)");
    return 1;
}
