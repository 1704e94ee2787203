namespace Efa.Marketplace.Events;

/// <summary>Something that happened to an aggregate; it is written to the event log in the transaction of the change.</summary>
/// <param name="Type">Stable name in past tense, such as <c>order.placed</c> (schema/events.md).</param>
/// <param name="ChangedFields">Names of the API fields that changed.</param>
/// <param name="Note">Free text of the actor; kept beside the event and erasable.</param>
public sealed record Fact(string Type, int Version, IReadOnlyList<string> ChangedFields, string? From = null, string? To = null, string? Note = null);
