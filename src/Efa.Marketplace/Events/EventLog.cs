using Efa.Marketplace.Storage;

namespace Efa.Marketplace.Events;

/// <summary>Writes facts into the log, in the transaction of the change.</summary>
public static class EventLog
{
    /// <summary>Adds the facts of the aggregates to the context's pending changes, from a position that the transaction has taken.</summary>
    public static void Write(MarketContext context, IEnumerable<Aggregate> changed, long firstPosition, DateTimeOffset at, string actor)
    {
        long position = firstPosition;
        foreach (Aggregate aggregate in changed)
        {
            foreach (Fact fact in aggregate.Facts)
            {
                context.Add(new LoggedEvent
                {
                    Position = position,
                    At = at,
                    Type = fact.Type,
                    SubjectKind = aggregate.Kind,
                    SubjectId = aggregate.Id,
                    SubjectVersion = fact.Version,
                    ChangedFields = string.Join(',', fact.ChangedFields),
                    FromState = fact.From,
                    ToState = fact.To,
                    Actor = actor,
                });
                if (fact.Note is not null) context.Add(new EventNote { Position = position, Text = fact.Note });
                foreach (Guid party in aggregate.Parties.Distinct())
                    context.Add(new EventParty { OrganisationId = party, SubjectKind = aggregate.Kind, Position = position });
                position++;
            }
            aggregate.ForgetFacts();
        }
    }
}
