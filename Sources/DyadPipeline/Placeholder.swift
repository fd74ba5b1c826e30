// DyadPipeline
