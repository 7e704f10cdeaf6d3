namespace Farspan.Runtime;

/// <summary>Performs the effects of an engine with the real world's parts, on the loop's thread: never
/// waits.</summary>
/// <typeparam name="TEffect">What the engine asks for.</typeparam>
public interface INodeWorld<in TEffect>
{
    void Perform(TEffect effect);
}
