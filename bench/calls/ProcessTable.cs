using System.Globalization;

namespace Farspan.Bench;

/// <summary>What the kernel knows about processes (proc(5)).</summary>
internal static class ProcessTable
{
    private const double TicksPerSecond = 100;
    private const int UserTimeField = 11;
    private const int SystemTimeField = 12;
    private const int ParentField = 1;
    private const int IdleField = 3;
    private const int WaitingField = 4;

    /// <summary>The first descendant with this word among its arguments; null if there is none.</summary>
    public static int? FindDescendant(int ancestor, string argument)
    {
        var parents = Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Select(name => int.TryParse(name, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id != 0)
            .Select(id => (Id: id, Parent: (int)Stat(id, ParentField)))
            .ToDictionary(process => process.Id, process => process.Parent);
        return parents.Keys
            .Where(id => IsDescendant(id, ancestor, parents) && Arguments(id).Contains(argument))
            .Select(id => (int?)id)
            .FirstOrDefault();
    }

    public static string[] Arguments(int process) => Read($"/proc/{process}/cmdline").Split('\0');

    /// <summary>CPU time that the process has used, in seconds.</summary>
    public static double CpuSeconds(int process) =>
        (Stat(process, UserTimeField) + Stat(process, SystemTimeField)) / TicksPerSecond;

    public static double ResidentBytes(int process) =>
        Read($"/proc/{process}/statm").Split(' ') is [_, var pages, ..]
            ? double.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize
            : 0;

    /// <summary>Processor time of the whole machine that was not idle, in seconds.</summary>
    public static double BusySeconds()
    {
        var fields = Read("/proc/stat").Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]
            .Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();

        // Guests' time is in user time already: only the first eight fields add up.
        return (fields.Take(8).Sum() - fields[IdleField] - fields[WaitingField]) / TicksPerSecond;
    }

    // The name in parentheses may hold spaces: fields are counted from behind it.
    private static double Stat(int process, int field)
    {
        var text = Read($"/proc/{process}/stat");
        var fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > field ? double.Parse(fields[field], CultureInfo.InvariantCulture) : 0;
    }

    private static bool IsDescendant(int process, int ancestor, Dictionary<int, int> parents)
    {
        while (process > 1 && parents.TryGetValue(process, out var parent))
        {
            if (parent == ancestor)
            {
                return true;
            }

            process = parent;
        }

        return false;
    }

    /// <summary>Empty for a process that is gone.</summary>
    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
        catch (UnauthorizedAccessException)
        {
            return "";
        }
    }
}
