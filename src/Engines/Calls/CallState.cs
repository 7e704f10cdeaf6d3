namespace Farspan.Calls;

/// <summary>The states of <see cref="Call"/>.</summary>
public enum CallState
{
    /// <summary>Media ports are being allocated.</summary>
    Opening,

    /// <summary>The caller hears ringing; a contact is being got.</summary>
    Preparing,

    /// <summary>The contact exists and is being joined.</summary>
    Joining,

    /// <summary>Answered: audio flows.</summary>
    Talking,

    /// <summary>Over for both sides; what is left is being cleared away.</summary>
    Closing,
}
