/**
 * The vocabulary in which networks are declared; begin at {@link dev.netwright.annotations.Network}.
 *
 * <p>Attributes carry PyTorch's names in camelCase and PyTorch's defaults. Sizes are one value, or one per dimension.
 * An attribute counts as set when it is written, whatever its value: the defaults {@code 0}, {@code {}} and {@code ""}
 * of attributes described as left out stand for nothing.
 *
 * <ul>
 *   <li>The network: {@link dev.netwright.annotations.Network}, {@link dev.netwright.annotations.Input},
 *       {@link dev.netwright.annotations.Layer}, {@link dev.netwright.annotations.Output},
 *       {@link dev.netwright.annotations.Key}, {@link dev.netwright.annotations.KeepOutput}
 *   <li>Changing a network that is there: a class extends it; {@link dev.netwright.annotations.InsertAfter},
 *       {@link dev.netwright.annotations.Remove}, {@link dev.netwright.annotations.Frozen}
 *   <li>Weights that are there when it is compiled: {@link dev.netwright.annotations.Weights}
 *   <li>What it may need at most: {@link dev.netwright.annotations.Budget}
 *   <li>Composing: {@link dev.netwright.annotations.Block}, {@link dev.netwright.annotations.Repeat},
 *       {@link dev.netwright.annotations.Shared}, {@link dev.netwright.annotations.Parameter}
 *   <li>An operator of your own: {@link dev.netwright.annotations.Custom}
 *   <li>Initial weights other than the layers' own: {@link dev.netwright.annotations.Init}
 *   <li>Layers with weights: {@link dev.netwright.annotations.Conv1d}, {@link dev.netwright.annotations.Conv2d},
 *       {@link dev.netwright.annotations.Conv3d},
 *       {@link dev.netwright.annotations.ConvTranspose1d}, {@link dev.netwright.annotations.ConvTranspose2d},
 *       {@link dev.netwright.annotations.ConvTranspose3d},
 *       {@link dev.netwright.annotations.Linear}, {@link dev.netwright.annotations.Embedding},
 *       {@link dev.netwright.annotations.EmbeddingBag},
 *       {@link dev.netwright.annotations.BatchNorm1d}, {@link dev.netwright.annotations.BatchNorm2d},
 *       {@link dev.netwright.annotations.BatchNorm3d}, {@link dev.netwright.annotations.GroupNorm},
 *       {@link dev.netwright.annotations.LayerNorm}, {@link dev.netwright.annotations.LayerNorm2d},
 *       {@link dev.netwright.annotations.RMSNorm}, {@link dev.netwright.annotations.InstanceNorm1d},
 *       {@link dev.netwright.annotations.InstanceNorm2d}, {@link dev.netwright.annotations.InstanceNorm3d},
 *       {@link dev.netwright.annotations.LocalResponseNorm}
 *   <li>Over time: {@link dev.netwright.annotations.LSTM}, {@link dev.netwright.annotations.GRU},
 *       {@link dev.netwright.annotations.RNN}, {@link dev.netwright.annotations.LSTMCell},
 *       {@link dev.netwright.annotations.GRUCell}, {@link dev.netwright.annotations.RNNCell},
 *       {@link dev.netwright.annotations.LastStep}
 *   <li>What an input goes through first: {@link dev.netwright.annotations.Normalize}
 *   <li>Pooling: {@link dev.netwright.annotations.MaxPool1d}, {@link dev.netwright.annotations.MaxPool2d},
 *       {@link dev.netwright.annotations.MaxPool3d},
 *       {@link dev.netwright.annotations.AvgPool1d}, {@link dev.netwright.annotations.AvgPool2d},
 *       {@link dev.netwright.annotations.AvgPool3d},
 *       {@link dev.netwright.annotations.LPPool1d}, {@link dev.netwright.annotations.LPPool2d}, {@link dev.netwright.annotations.LPPool3d},
 *       {@link dev.netwright.annotations.MaxUnpool1d}, {@link dev.netwright.annotations.MaxUnpool2d},
 *       {@link dev.netwright.annotations.MaxUnpool3d},
 *       {@link dev.netwright.annotations.AdaptiveAvgPool1d}, {@link dev.netwright.annotations.AdaptiveAvgPool2d},
 *       {@link dev.netwright.annotations.AdaptiveAvgPool3d},
 *       {@link dev.netwright.annotations.AdaptiveMaxPool1d}, {@link dev.netwright.annotations.AdaptiveMaxPool2d},
 *       {@link dev.netwright.annotations.AdaptiveMaxPool3d},
 *       {@link dev.netwright.annotations.FractionalMaxPool2d}, {@link dev.netwright.annotations.FractionalMaxPool3d}
 *   <li>Activations: {@link dev.netwright.annotations.ReLU}, {@link dev.netwright.annotations.ReLU6},
 *       {@link dev.netwright.annotations.LeakyReLU}, {@link dev.netwright.annotations.Sigmoid},
 *       {@link dev.netwright.annotations.Tanh}, {@link dev.netwright.annotations.SiLU},
 *       {@link dev.netwright.annotations.GELU}, {@link dev.netwright.annotations.Softmax},
 *       {@link dev.netwright.annotations.LogSoftmax}, {@link dev.netwright.annotations.Hardswish},
 *       {@link dev.netwright.annotations.Hardsigmoid}, {@link dev.netwright.annotations.PReLU},
 *       {@link dev.netwright.annotations.CELU},
 *       {@link dev.netwright.annotations.ELU},
 *       {@link dev.netwright.annotations.GLU},
 *       {@link dev.netwright.annotations.Hardshrink},
 *       {@link dev.netwright.annotations.Hardtanh},
 *       {@link dev.netwright.annotations.LogSigmoid},
 *       {@link dev.netwright.annotations.Mish},
 *       {@link dev.netwright.annotations.RReLU},
 *       {@link dev.netwright.annotations.SELU},
 *       {@link dev.netwright.annotations.Softmax2d},
 *       {@link dev.netwright.annotations.Softmin},
 *       {@link dev.netwright.annotations.Softplus},
 *       {@link dev.netwright.annotations.Softshrink},
 *       {@link dev.netwright.annotations.Softsign},
 *       {@link dev.netwright.annotations.Tanhshrink},
 *       {@link dev.netwright.annotations.Threshold},
 *       {@link dev.netwright.annotations.Power}, {@link dev.netwright.annotations.Clamp}
 *   <li>Along dimensions: {@link dev.netwright.annotations.Mean}, {@link dev.netwright.annotations.Sum},
 *       {@link dev.netwright.annotations.Max}, {@link dev.netwright.annotations.Min},
 *       {@link dev.netwright.annotations.LpNormalize}, {@link dev.netwright.annotations.OneHot}
 *   <li>Regularisation: {@link dev.netwright.annotations.Dropout},
 *       {@link dev.netwright.annotations.Dropout1d}, {@link dev.netwright.annotations.Dropout2d},
 *       {@link dev.netwright.annotations.Dropout3d}, {@link dev.netwright.annotations.AlphaDropout},
 *       {@link dev.netwright.annotations.FeatureAlphaDropout},
 *       {@link dev.netwright.annotations.StochasticDepth}
 *   <li>Shape: {@link dev.netwright.annotations.Flatten}, {@link dev.netwright.annotations.Unflatten},
 *       {@link dev.netwright.annotations.Expand}, {@link dev.netwright.annotations.Pad},
 *       {@link dev.netwright.annotations.Permute}, {@link dev.netwright.annotations.ChannelShuffle},
 *       {@link dev.netwright.annotations.Slice}, {@link dev.netwright.annotations.Chunk},
 *       {@link dev.netwright.annotations.Upsample}, {@link dev.netwright.annotations.Identity}
 *   <li>Images: {@link dev.netwright.annotations.PixelShuffle}, {@link dev.netwright.annotations.PixelUnshuffle},
 *       {@link dev.netwright.annotations.UpsamplingNearest2d}, {@link dev.netwright.annotations.UpsamplingBilinear2d},
 *       {@link dev.netwright.annotations.Unfold}, {@link dev.netwright.annotations.Fold}
 *   <li>Padding: {@link dev.netwright.annotations.ReflectionPad1d},
 *       {@link dev.netwright.annotations.ReflectionPad2d}, {@link dev.netwright.annotations.ReflectionPad3d},
 *       {@link dev.netwright.annotations.ReplicationPad1d}, {@link dev.netwright.annotations.ReplicationPad2d},
 *       {@link dev.netwright.annotations.ReplicationPad3d}, {@link dev.netwright.annotations.ZeroPad1d},
 *       {@link dev.netwright.annotations.ZeroPad2d}, {@link dev.netwright.annotations.ZeroPad3d},
 *       {@link dev.netwright.annotations.ConstantPad1d}, {@link dev.netwright.annotations.ConstantPad2d},
 *       {@link dev.netwright.annotations.ConstantPad3d}, {@link dev.netwright.annotations.CircularPad1d},
 *       {@link dev.netwright.annotations.CircularPad2d}, {@link dev.netwright.annotations.CircularPad3d}
 *   <li>Several inputs: {@link dev.netwright.annotations.Add}, {@link dev.netwright.annotations.Mul},
 *       {@link dev.netwright.annotations.MatMul}, {@link dev.netwright.annotations.Bilinear},
 *       {@link dev.netwright.annotations.Sub}, {@link dev.netwright.annotations.Div},
 *       {@link dev.netwright.annotations.Maximum}, {@link dev.netwright.annotations.Minimum},
 *       {@link dev.netwright.annotations.CosineSimilarity}, {@link dev.netwright.annotations.PairwiseDistance},
 *       {@link dev.netwright.annotations.Concat}
 *   <li>Attention: {@link dev.netwright.annotations.ScaledDotProductAttention},
 *       {@link dev.netwright.annotations.MultiheadAttention},
 *       {@link dev.netwright.annotations.TransformerEncoderLayer},
 *       {@link dev.netwright.annotations.TransformerDecoderLayer}
 *   <li>Losses: {@link dev.netwright.annotations.CrossEntropyLoss},
 *       {@link dev.netwright.annotations.NLLLoss},
 *       {@link dev.netwright.annotations.MSELoss},
 *       {@link dev.netwright.annotations.L1Loss},
 *       {@link dev.netwright.annotations.SmoothL1Loss},
 *       {@link dev.netwright.annotations.HuberLoss},
 *       {@link dev.netwright.annotations.BCEWithLogitsLoss},
 *       {@link dev.netwright.annotations.BCELoss},
 *       {@link dev.netwright.annotations.MultiLabelSoftMarginLoss},
 *       {@link dev.netwright.annotations.MultiMarginLoss},
 *       {@link dev.netwright.annotations.MultiLabelMarginLoss}, {@link dev.netwright.annotations.SoftMarginLoss},
 *       {@link dev.netwright.annotations.KLDivLoss},
 *       {@link dev.netwright.annotations.PoissonNLLLoss},
 *       {@link dev.netwright.annotations.GaussianNLLLoss},
 *       {@link dev.netwright.annotations.HingeEmbeddingLoss},
 *       {@link dev.netwright.annotations.MarginRankingLoss},
 *       {@link dev.netwright.annotations.CosineEmbeddingLoss},
 *       {@link dev.netwright.annotations.TripletMarginLoss},
 *       {@link dev.netwright.annotations.TripletMarginWithDistanceLoss},
 *       {@link dev.netwright.annotations.CTCLoss}
 * </ul>
 */
module dev.netwright.annotations {
    exports dev.netwright.annotations;
}
