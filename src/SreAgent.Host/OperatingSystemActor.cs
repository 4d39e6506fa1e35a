using System.Runtime.InteropServices;
using SreAgent.Core.Actors;

namespace SreAgent.Host;

/// <summary>
/// Who started this process, as the operating system knows it: the real user id's name in the user database, never <c>$USER</c>, which
/// anybody can set (G5).
/// </summary>
public static partial class OperatingSystemActor
{
    public static Actor Current(Surface surface) => new($"os:{Name()}", surface, IsHuman: true);

    private static string Name()
    {
        if (OperatingSystem.IsWindows())
        {
            return Environment.UserName;
        }

        // struct passwd begins with the name everywhere. A user without an entry (a container's arbitrary uid) is named by number.
        var id = UserId();
        var entry = UserEntry(id);
        var name = entry == 0 ? null : Marshal.PtrToStringUTF8(Marshal.ReadIntPtr(entry));
        return string.IsNullOrEmpty(name) ? $"uid-{id}" : name;
    }

    [LibraryImport("libc", EntryPoint = "getuid")]
    private static partial uint UserId();

    [LibraryImport("libc", EntryPoint = "getpwuid")]
    private static partial nint UserEntry(uint id);
}
