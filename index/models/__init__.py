"""The models of retrieval: the embedder and the reranker."""
