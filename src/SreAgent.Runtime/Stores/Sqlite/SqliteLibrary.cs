using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace SreAgent.Runtime.Stores.Sqlite;

/// <summary>
/// Decides, once per process, which native SQLite is used: the system's when it is newer than the one that ships with this program,
/// or when that one does not load here (a musl system); otherwise the one that ships.
/// </summary>
internal static class SqliteLibrary
{
    // The name the managed provider asks the loader for.
    private const string Bundled = "e_sqlite3";

    private static readonly Lock Choosing = new();
    private static string? _chosen;

    /// <summary>Which library it is, for people: <c>libsqlite3.so.0</c> or <c>bundled e_sqlite3</c>. Chooses on the first call.</summary>
    public static string Choose()
    {
        lock (Choosing)
        {
            return _chosen ??= Resolve();
        }
    }

    private static string Resolve()
    {
        var provider = typeof(SQLite3Provider_e_sqlite3).Assembly;
        var system = LoadSystem(provider, out var name);
        var bundled = NativeLibrary.TryLoad(Bundled, provider, searchPath: null, out var shipped) ? shipped : 0;
        var useSystem = system != 0 && Version(system) > (bundled == 0 ? 0 : Version(bundled));
        var handle = useSystem ? system : bundled;
        if (handle != 0)
        {
            NativeLibrary.SetDllImportResolver(provider, (library, _, _) => string.Equals(library, Bundled, StringComparison.Ordinal) ? handle : 0);
        }

        Batteries_V2.Init();
        return useSystem ? name : $"bundled {Bundled}";
    }

    private static nint LoadSystem(Assembly provider, out string name)
    {
        // Windows has its own copy in System32, and only that folder is searched: no program folder may slip one in.
        var (file, folders) = OperatingSystem.IsWindows() ? ("winsqlite3.dll", DllImportSearchPath.System32)
            : OperatingSystem.IsMacOS() ? ("libsqlite3.dylib", DllImportSearchPath.SafeDirectories)
            : ("libsqlite3.so.0", DllImportSearchPath.SafeDirectories);
        name = file;
        return NativeLibrary.TryLoad(file, provider, folders, out var handle) ? handle : 0;
    }

    /// <summary>As SQLite counts: 3046001 for 3.46.1. Zero for a build that is not safe for several threads, which is never chosen.</summary>
    private static int Version(nint library) =>
        Call(library, "sqlite3_threadsafe") == 0 ? 0 : Call(library, "sqlite3_libversion_number");

    private static int Call(nint library, string function) =>
        NativeLibrary.TryGetExport(library, function, out var address) ? Marshal.GetDelegateForFunctionPointer<IntFunction>(address)() : 0;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int IntFunction();
}
