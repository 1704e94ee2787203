using Efa.Graph.Benchmarks;

return await Benchmarks.RunAsync(args);
