using Efa.Graph.Engine.Types;

namespace Efa.Graph.Ordering;

/// <summary>What became of a row of a batch of orders.</summary>
public sealed class OrderRowResultType() : RowResultType("OrderRowResult", "order", typeof(OrderType), (request, id) => request.Get<OrderLoader>().Load(id).AsObject());
