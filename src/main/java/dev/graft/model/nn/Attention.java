package dev.graft.model.nn;

import ai.djl.ndarray.NDArray;

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
}
