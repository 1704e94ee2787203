using System.Globalization;
using System.Runtime.CompilerServices;
using Efa.Graph.Engine;
using Efa.Graph.Engine.Documents;
using Efa.Graph.Engine.Errors;
using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Engine;

/// <summary>A small schema that has one of everything the engine and the transports must deal with.</summary>
internal sealed class Toyshop : Schema
{
    public Toyshop(IServiceProvider services) : base(services)
    {
        var node = new ObjectGraphType { Name = "Node" };
        node.Field<NonNullGraphType<IdGraphType>>("id").Resolve(_ => "1");
        node.Field("self", node).Resolve(_ => new object());
        node.Field("children", new ListGraphType(node)).Resolve(_ => new object[] { new() });
        node.Field<StringGraphType>("secret").Resolve(_ => throw new RequestError(RequestErrors.Forbidden));

        var input = new InputObjectGraphType { Name = "OrderInput" };
        input.Field<NonNullGraphType<StringGraphType>>("offerId");
        input.Field("amount", new AmountType());
        input.Field("amounts", new ListGraphType(new NonNullGraphType(new AmountType())));
        input.Field("state", new StateType());

        ObjectGraphType query = new() { Name = "Query" };
        query.Field<StringGraphType>("hello").Argument<StringGraphType>("name").Resolve(c => "Grüß Gott, " + c.GetArgument("name", "wer auch immer"));
        query.Field("node", node).Argument<NonNullGraphType<IdGraphType>>("id").Resolve(_ => new object());
        query.Field("offers", new ListGraphType(node)).Argument<IntGraphType>("first").Argument<IntGraphType>("last")
            .Resolve(c => Enumerable.Repeat(new object(), Math.Clamp(c.GetArgument<int?>("first") ?? 2, 0, 100)));
        query.Field<StringGraphType>("boom").Resolve(_ => throw new FormatException("SELECT secret FROM Vault"));
        query.Field<NonNullGraphType<StringGraphType>>("boomForSure").Resolve(_ => throw new FormatException("SELECT secret FROM Vault"));
        query.Field<StringGraphType>("down").Resolve(_ => throw new Outage());
        query.Field("viewer", node).Resolve(c => c.Request().Caller.IsAnonymous ? throw new RequestError(RequestErrors.Unauthenticated) : new object());
        query.Field<StringGraphType>("language").Resolve(c => c.Request().Language.ToString());
        query.Field<StringGraphType>("caller").Resolve(c => c.Request().Caller.Id);
        query.Field<IntGraphType>("double").Argument<NonNullGraphType<AmountType>>("amount").Resolve(c => (int)(2 * c.GetArgument<decimal>("amount")));
        query.Field<IntGraphType>("price").Arguments(new QueryArgument(new ListGraphType(input)) { Name = "of" }).Resolve(_ => 1);
        query.Field<BooleanGraphType>("sameCounter").Resolve(c => ReferenceEquals(c.Request().Get<Counter>(), c.Request().Get<Counter>()));
        query.Field<StringGraphType>("slow").ResolveAsync(SlowAsync);
        query.Field<StringGraphType>("late").ResolveAsync(async c =>
        {
            Interlocked.Increment(ref c.RequestServices!.GetRequiredService<Sum>().Total);
            await Task.Delay(TimeSpan.FromSeconds(1), c.CancellationToken);
            return "done";
        });

        ObjectGraphType mutation = new() { Name = "Mutation" };
        mutation.Field<IntGraphType>("add").Argument<NonNullGraphType<IntGraphType>>("by").Resolve(c => Interlocked.Add(ref c.RequestServices!.GetRequiredService<Sum>().Total, c.GetArgument<int>("by")));
        mutation.Field<StringGraphType>("slow").ResolveAsync(SlowAsync);
        mutation.Field("placeOrder", node).Arguments(new QueryArgument(input) { Name = "input" }).Resolve(_ => new object());

        ObjectGraphType subscription = new() { Name = "Subscription" };
        subscription.Field<IntGraphType>("tick").Argument<IntGraphType>("to").Argument<IntGraphType>("delayMs").Argument<IntGraphType>("chars")
            .ResolveEvents((c, token) => Ticks(c, token), tick => "cursor" + tick.ToString(CultureInfo.InvariantCulture));
        subscription.Field<StringGraphType>("scope").ResolveEvents(Scopes).Resolve(c => $"{c.Request().Get<Counter>().Next()} {ReferenceEquals(c.Request().Services, c.RequestServices)}");
        subscription.Field<IntGraphType>("breaks").ResolveEvents(Breaks);
        subscription.Field<StringGraphType>("flood").ResolveEvents(Flood);
        subscription.Field<StringGraphType>("resumeAfter").ResolveEvents((c, _) => Once(c.Request().ResumeAfter ?? "the beginning"));
        subscription.Field<IntGraphType>("silence").ResolveEvents(Silence);

        Query = query;
        Mutation = mutation;
        Subscription = subscription;
    }

    private static async Task<object?> SlowAsync(IResolveFieldContext<object?> context)
    {
        await Task.Delay(TimeSpan.FromSeconds(30), context.CancellationToken);
        return "done";
    }

    private static async IAsyncEnumerable<int> Ticks(IResolveFieldContext context, [EnumeratorCancellation] CancellationToken token)
    {
        int to = context.GetArgument("to", 3);
        for (int i = 1; i <= to; i++)
        {
            await Task.Delay(context.GetArgument("delayMs", 1), token);
            yield return i;
        }
    }

    private static async IAsyncEnumerable<int> Scopes(IResolveFieldContext context, [EnumeratorCancellation] CancellationToken token)
    {
        for (int i = 0; i < 2; i++)
        {
            await Task.Delay(1, token);
            yield return i;
        }
    }

    private static async IAsyncEnumerable<int> Breaks(IResolveFieldContext context, [EnumeratorCancellation] CancellationToken token)
    {
        yield return 1;
        await Task.Delay(1, token);
        throw new RequestError(RequestErrors.CursorExpired, expected: "cursor9");
    }

    private static async IAsyncEnumerable<string> Flood(IResolveFieldContext context, [EnumeratorCancellation] CancellationToken token)
    {
        while (true)
        {
            yield return new string('x', 10_000);
            Interlocked.Increment(ref context.RequestServices!.GetRequiredService<Sum>().Total);
            await Task.Yield();
            token.ThrowIfCancellationRequested();
        }
    }

    private static async IAsyncEnumerable<string> Once(string value)
    {
        await Task.Yield();
        yield return value;
    }

    private static async IAsyncEnumerable<int> Silence(IResolveFieldContext context, [EnumeratorCancellation] CancellationToken token)
    {
        context.Request().Position = "cursor7";
        await Task.Delay(System.Threading.Timeout.Infinite, token);
        yield break;
    }

    /// <summary>Counts within one request.</summary>
    public sealed class Counter(RequestContext request)
    {
        private int count;

        public int Next() => request.Caller.IsAnonymous ? ++count : 100 + ++count;
    }

    /// <summary>What mutations have added.</summary>
    public sealed class Sum
    {
        public int Total;
    }

    public sealed class Outage : System.Data.Common.DbException
    {
        public Outage() : base("Host=db.internal;Username=market")
        {
        }

        public override bool IsTransient => true;
    }

    private sealed class StateType : EnumerationGraphType
    {
        public StateType()
        {
            Name = "State";
            Add("OPEN", 1);
            Add("CLOSED", 2);
        }
    }

    /// <summary>As the amounts of the real schema: a string with at most two decimals.</summary>
    private sealed class AmountType : ScalarGraphType
    {
        public AmountType() => Name = "Amount";

        public override object? ParseLiteral(GraphQLValue value) => value switch
        {
            GraphQLNullValue => null,
            GraphQLStringValue text => Parse(text.Value.ToString()),
            _ => throw new InvalidValueException("an amount as a string"),
        };

        public override object? ParseValue(object? value) => value switch
        {
            null => null,
            string text => Parse(text),
            _ => throw new InvalidValueException("an amount as a string"),
        };

        public override object? Serialize(object? value) => value?.ToString();

        private static decimal Parse(string text) =>
            decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount) && decimal.Round(amount, 2) == amount
                ? amount
                : throw new InvalidValueException("an amount with at most 2 decimals");
    }
}
