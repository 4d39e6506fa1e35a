using Microsoft.Extensions.DependencyInjection;

namespace SreAgent.Testing;

public static class Decorating
{
    /// <summary>Puts something around the implementation of a port that is registered.</summary>
    public static void Decorate<T>(this IServiceCollection services, Func<T, T> wrap)
        where T : class
    {
        var descriptor = services.Last(candidate => candidate.ServiceType == typeof(T));
        services.Remove(descriptor);
        services.AddSingleton(provider => wrap((T)(descriptor.ImplementationInstance
            ?? descriptor.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, descriptor.ImplementationType!)))); // One of the three is always there.
    }
}
