using System.Reflection;
using System.Runtime.CompilerServices;

namespace Farspan.Node;

/// <summary>
/// Has the runtime compile our code before it is needed: what the first caller would otherwise wait for, some hundred
/// milliseconds in all.
/// </summary>
internal static class CodePreparation
{
    private const string OurPrefix = "Farspan.";

    private const BindingFlags EveryMethod = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Instance | BindingFlags.Static;

    /// <summary>Compiles every method of the rings below the host that has no open type parameter.</summary>
    public static void Run()
    {
        var host = typeof(CodePreparation).Assembly;
        var assemblies = Reachable(host).Append(host);
        Parallel.ForEach(assemblies.SelectMany(a => a.GetTypes()), Prepare);
    }

    private static IEnumerable<Assembly> Reachable(Assembly host)
    {
        var found = new Dictionary<string, Assembly>();
        var pending = new Queue<Assembly>([host]);
        while (pending.TryDequeue(out var assembly))
        {
            foreach (var name in assembly.GetReferencedAssemblies())
            {
                if (name.Name!.StartsWith(OurPrefix, StringComparison.Ordinal) && !found.ContainsKey(name.Name))
                {
                    found[name.Name] = Assembly.Load(name);
                    pending.Enqueue(found[name.Name]);
                }
            }
        }

        return found.Values;
    }

    private static void Prepare(Type type)
    {
        if (type.ContainsGenericParameters || type.IsInterface)
        {
            return;
        }

        var methods = type.GetMethods(EveryMethod).Cast<MethodBase>().Concat(type.GetConstructors(EveryMethod));
        foreach (var method in methods)
        {
            if (!method.IsAbstract && !method.ContainsGenericParameters && !IsForeign(method))
            {
                TryPrepare(method);
            }
        }
    }

    private static void TryPrepare(MethodBase method)
    {
        try
        {
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
        }
        catch (Exception refusal) when (refusal is NotSupportedException or TypeLoadException or ArgumentException)
        {
            // Instructions that this processor lacks, or a method of another kind: compiled when called, if ever.
        }
    }

    // P/Invokes are bound when called; the methods of delegates are the runtime's own.
    private static bool IsForeign(MethodBase method) =>
        method.Attributes.HasFlag(MethodAttributes.PinvokeImpl)
        || (method.MethodImplementationFlags & MethodImplAttributes.CodeTypeMask) != MethodImplAttributes.IL;
}
