using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>One agent, built in or behind the page.</summary>
internal sealed class Agent
{
    public Agent(string id, string name, BuiltInAgentSettings? builtIn, DeadlineQueue<object> agenda)
    {
        Id = id;
        Name = name;
        BuiltIn = builtIn;
        Timers = new ScheduledTimers<AgentTimer>(this, agenda);
    }

    public string Id { get; }

    public string Name { get; }

    /// <summary>Null for an agent of the page.</summary>
    public BuiltInAgentSettings? BuiltIn { get; }

    /// <summary>What a built-in agent says; null for an agent of the page.</summary>
    public AudioCue? Voice => BuiltIn?.Voice;

    public ScheduledTimers<AgentTimer> Timers { get; }

    public AgentState State { get; set; }

    /// <summary>The contact that rings or is answered.</summary>
    public Contact? Contact { get; set; }

    /// <summary>The agent in the contact's meeting; null until they answer.</summary>
    public Attendee? Attendee { get; set; }

    /// <summary>Who has been free longest has the lowest.</summary>
    public long FreeSequence { get; set; }

    /// <summary>The agent goes as soon as no contact holds them.</summary>
    public bool IsLeaving { get; set; }

    public AgentView View => new(Id, Name, BuiltIn is not null, State, Contact?.View);

    /// <summary>Stops every timer that belongs to a contact rather than to the page.</summary>
    public void StopContactTimers()
    {
        Timers.Stop(AgentTimer.Answer);
        Timers.Stop(AgentTimer.Ring);
        Timers.Stop(AgentTimer.Talk);
        Timers.Stop(AgentTimer.Work);
    }
}
