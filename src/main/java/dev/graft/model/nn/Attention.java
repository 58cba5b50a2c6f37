package dev.graft.model.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Scaled dot-product attention of several heads (Vaswani et al. 2017,
 * https://arxiv.org/abs/1706.03762), {@code softmax(q k^T / sqrt(size)) v}, in one operation of the
 * engine, which keeps no scores of the pairs of positions (Dao et al. 2022,
 * https://arxiv.org/abs/2205.14135).
 */
public final class Attention {
  private Attention() {}

  /** Compiled when the engine has been started. */
  private static final class Functions {
    static final TorchFunction ALL = compile("False");
    static final TorchFunction CAUSAL = compile("True");

    static final TorchFunction STEP =
        TorchFunction.compile(
            "x: Tensor, keys: Tensor, values: Tensor, position: Tensor",
            """
            at = int(position)
            own = torch.permute(x, [2, 0, 3, 1, 4])
            key = torch.copy_(torch.narrow(keys, 2, at, 1), torch.select(own, 0, 1))
            value = torch.copy_(torch.narrow(values, 2, at, 1), torch.select(own, 0, 2))
            length = torch.add(at, 1)
            seen = torch.scaled_dot_product_attention(torch.select(own, 0, 0), \
            torch.narrow(keys, 2, 0, length), torch.narrow(values, 2, 0, length), None, 0., False)
            return torch.permute(seen, [0, 2, 1, 3])""");

    private static TorchFunction compile(String causal) {
      return TorchFunction.compile(
          "x: Tensor",
          "all = torch.unbind(torch.permute(x, [2, 0, 3, 1, 4]), 0)\n"
              + "seen = torch.scaled_dot_product_attention(all[0], all[1], all[2], None, 0., "
              + causal
              + ")\nreturn torch.permute(seen, [0, 2, 1, 3])");
    }
  }

  /**
   * Every position looks at all of its row.
   *
   * @param x queries, keys and values, (B, T, 3, heads, size)
   * @return (B, T, heads, size)
   */
  public static NDArray toAll(NDArray x) {
    return Functions.ALL.apply(x);
  }

  /** Every position looks at itself and those before it; otherwise as {@link #toAll}. */
  public static NDArray causal(NDArray x) {
    return Functions.CAUSAL.apply(x);
  }

  /**
   * One position looks at itself and those before it.
   *
   * @param x its queries, keys and values, (B, 1, 3, heads, size)
   * @param past keys and values of the positions before; those of this one are put beside them
   * @param position from 0
   * @return (B, 1, heads, size)
   */
  public static NDArray step(NDArray x, Past past, int position) {
    try (NDArray at = x.getManager().create((long) position)) {
      return Functions.STEP.apply(x, past.keys(), past.values(), at);
    }
  }

  /**
   * Room for what positions leave for those after them.
   *
   * @param keys (B, heads, positions, size)
   * @param values (B, heads, positions, size)
   */
  public record Past(NDArray keys, NDArray values) {
    static Past empty(NDManager scope, int rows, int heads, int positions, int size) {
      Shape room = new Shape(rows, heads, positions, size);
      return new Past(scope.zeros(room), scope.zeros(room));
    }
  }
}
