namespace Farspan.Store;

/// <summary>Hears how a store is doing, on the thread of its <see cref="StoreWriter"/>.</summary>
public interface IStoreObserver
{
    /// <summary>A batch is durable.</summary>
    /// <param name="rows">Rows in it.</param>
    /// <param name="took">How long that took.</param>
    void Written(int rows, TimeSpan took);

    /// <summary>
    /// Nothing can be written for now; what is to be written waits. Heard once a kind of fault.
    /// </summary>
    void Failing(StoreFault fault);

    /// <summary>It works again.</summary>
    void Recovered();

    /// <summary>Too much waits: a row was not taken.</summary>
    void Refused();
}
