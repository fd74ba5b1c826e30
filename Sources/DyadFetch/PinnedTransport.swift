#if Fetch
    import AsyncHTTPClient
    import NIOCore
    import NIOHTTP1

    /// Sends requests with AsyncHTTPClient, each over a connection of its own to the number that was checked.
    struct PinnedTransport: WebTransport {
        private struct OtherServer: Error {}

        func answer(to request: WebRequest, at pin: IPAddress, maximumBytes: Int) async throws -> WebAnswer {
            var configuration = HTTPClient.Configuration(
                redirectConfiguration: .disallow, timeout: .init(connect: .seconds(10)), decompression: .disabled)
            configuration.httpVersion = .http1Only
            configuration.connectionPool.retryConnectionEstablishment = false
            configuration.dnsOverride = [request.address.host: pin.description]
            // A second look at what was connected to: nothing is sent to any other number.
            configuration.http1_1ConnectionDebugInitializer = { channel in
                let peer = channel.remoteAddress?.ipAddress.flatMap { IPAddress($0) }
                return peer == pin
                    ? channel.eventLoop.makeSucceededVoidFuture() : channel.eventLoop.makeFailedFuture(OtherServer())
            }
            let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
            let result: Result<WebAnswer, any Error>
            do { result = .success(try await Self.ask(client, request, maximumBytes)) } catch {
                result = .failure(error)
            }
            try? await client.shutdown()
            do { return try result.get() } catch let error as HTTPClientError where error == .cancelled {
                throw CancellationError()
            } catch let error as FetchError { throw error } catch let error as CancellationError { throw error } catch {
                throw FetchError.unreachable(Self.words(error))
            }
        }

        private static func ask(
            _ client: HTTPClient, _ request: WebRequest, _ maximumBytes: Int
        ) async throws -> WebAnswer {
            var asked = HTTPClientRequest(url: request.address.description)
            for field in request.fields { asked.headers.add(name: field.name, value: field.value) }
            let response = try await client.execute(asked, timeout: .minutes(10))
            var body: [UInt8] = []
            for try await part in response.body {
                if body.count + part.readableBytes > maximumBytes { throw FetchError.tooLarge(limit: maximumBytes) }
                body.append(contentsOf: part.readableBytesView)
            }
            return WebAnswer(
                status: Int(response.status.code), fields: response.headers.map { (name: $0.name, value: $0.value) },
                body: body)
        }

        private static func words(_ error: any Error) -> String {
            let text = String(describing: error)
            if text.uppercased().contains("CERTIFICATE") { return "the server's certificate cannot be trusted" }
            if text.contains("handshake") { return "the server does not speak TLS as it should" }
            if text.contains("connectTimeout") { return "the server does not answer" }
            if text.contains("remoteConnectionClosed") { return "the server broke the connection off" }
            if text.contains("refused") { return "the server refuses connections" }
            let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            return "the connection failed (\(line.prefix(120)))"
        }
    }
#else
    /// Stands where the program was built without an HTTP client.
    struct PinnedTransport: WebTransport {
        func answer(to request: WebRequest, at pin: IPAddress, maximumBytes: Int) async throws -> WebAnswer {
            throw FetchError.notBuilt
        }
    }
#endif
